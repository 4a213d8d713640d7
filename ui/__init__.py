"""The command line (`ui.cli`) and the page (`ui.page`): thin surfaces over `rag.engine`."""
