"""What has a value in a message: days, times, people, names, numbers, limits; found by grammar, each with its place."""
