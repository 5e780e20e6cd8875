"""The requests that are sent to Graph, made with the SDK's builders."""
