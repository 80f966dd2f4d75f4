from .passages import Passage, Step, passages
