"""What lies on disk: the folder of a project, the network, images for another process."""
