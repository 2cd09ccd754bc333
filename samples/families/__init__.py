"""The families of reports (see the design): each composes a draft from a case in its own writing habits."""
