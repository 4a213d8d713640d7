"""A language model that writes: any llama-index ``LLM`` as a `rag.protocols.Writer`.

`rag.llm.choose.choose_writer` is the way in. Nothing here is imported while answers are
offline, and nothing here knows what a prompt says or what a reply is worth: `rag.answer`
writes the one and checks the other.
"""
