"""The demonstration street: fourteen months of history made by driving the real transitions and jobs on a controlled clock."""
