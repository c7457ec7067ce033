"""The strip below the stage: one pass of learning, step by step."""
