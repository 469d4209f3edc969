"""Learning the acts from `truebook/language/examples`: `make train`. Nothing of it is needed to run the desk."""
