"""Small fitted models, scored with NumPy: beside the plain rates, where they beat them."""
