-- An invitation knows who gave it: it dies with that account's rights. Nothing stands for the command line.
ALTER TABLE invitations ADD COLUMN account TEXT;

UPDATE invitations SET account = (
    SELECT MIN(accounts.id) FROM accounts WHERE accounts.name = invitations.invited_by AND accounts.ended_at IS NULL
) WHERE invited_by <> 'command line';

-- Those of accounts that have ended since.
DELETE FROM invitations WHERE account IS NULL AND invited_by <> 'command line';
