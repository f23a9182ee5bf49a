"""What `lab` gives to JupyterLab.

labconfig/          settings that are other than JupyterLab's own, unless the reader has set them
workspace.py        how it looks when it is opened for the first time
kernel_startup.py   what each kernel runs first
"""
