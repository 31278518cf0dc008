"""Messages to other teams: rows with a state, in the team's inbox, acknowledged or taken further."""
