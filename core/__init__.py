"""The ground floor: settings, database, encryption, audit, jobs and the clock."""
