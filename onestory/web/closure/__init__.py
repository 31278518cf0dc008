"""Pages on which a plan ends: the gate, the record, the receivers' answers."""
