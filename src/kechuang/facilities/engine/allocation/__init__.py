"""Time allocation on shared facilities: a plan, a bound no plan can beat, and a reason for everyone left out."""
