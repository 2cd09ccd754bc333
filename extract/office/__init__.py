"""Word files by their parts; older office files by way of LibreOffice."""
