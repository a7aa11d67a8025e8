"""The alliance of departments, its council, and the officials paired with enterprises."""
