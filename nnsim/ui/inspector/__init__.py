"""What is selected on the stage: its values, and the fields that change it."""
