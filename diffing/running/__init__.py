"""Running: a year over all its countries, its steps, what is kept between runs, and where the work is done."""
