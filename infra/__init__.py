"""What is needed around the service: deployment and the local landscape."""
