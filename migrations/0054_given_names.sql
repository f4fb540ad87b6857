-- Who invites gives the name that people see under answers; nothing where the command line invited without one.
ALTER TABLE invitations ADD COLUMN shown_as TEXT;
