"""Text and Markdown as earlier digitisation left them."""
