"""What should make somebody ask: rules, alerts, answers."""
