"""What the city's records refer to: calendar, levels, curriculum, codes, occupations, names to choose from."""
