"""The directory of services, asking for one and answering, and help that was not to be had."""
