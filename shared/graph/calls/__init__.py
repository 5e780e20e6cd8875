"""Build the requests that are sent to Graph, with the SDK's request builders."""
