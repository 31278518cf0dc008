"""The partnership administrator's pages: agencies, teams, people, roles. No case content."""
