"""Why a figure is what it is: what stands out, what moved, whose it was."""
