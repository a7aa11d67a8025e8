"""What can be wrong with a database, in the user's words."""

from __future__ import annotations

from volunteer_cli.core.errors import RuleError
from volunteer_cli.core.i18n import N_
from volunteer_cli.core.targets import DatabaseFault


class DatabaseMissing(DatabaseFault):
    """There is no database at {path}"""

    code = "database_missing"
    hint = N_("Make one: volunteer db init. Look around in an example: volunteer demo")


class BackupMissing(DatabaseMissing):
    """There is no backup at {path}"""

    hint = N_("Give the file that volunteer db backup wrote, with its folder.")


class DatabaseExists(DatabaseFault):
    """{path} exists already; nothing was changed"""

    code = "database_exists"
    hint = N_("See what it is: volunteer db info")


class DatabaseForeign(DatabaseFault):
    """{path} is no database of volunteer"""

    code = "database_foreign"
    hint = N_("Name another file with --db.")


class DatabaseDamaged(DatabaseFault):
    """The database {path} is damaged"""

    code = "database_damaged"
    hint = N_("Bring back a backup: volunteer db restore FILE")


class DatabaseLocked(DatabaseFault):
    """Somebody else is writing to the database {path}; nothing was changed"""

    code = "database_locked"
    hint = N_("Try again in a moment.")


class DatabaseReadOnly(DatabaseFault):
    """The database {path} cannot be written: {reason}"""

    code = "database_not_writable"
    hint = N_("Check the permissions of the file and its folder, or name another with --db.")


class DatabaseUnreadable(DatabaseFault):
    """The database {path} cannot be read: {reason}"""

    code = "database_not_readable"
    hint = N_("Check the permissions of the file and its folder, or name another with --db.")


class DatabaseLinked(DatabaseFault):
    """The file {path} has {count} names on its disk; changing it by one name would damage it under the other"""

    code = "database_linked"
    hint = N_("Replace the other name by a copy or a symbolic link.")
    explanation = N_(
        "SQLite keeps what is being written beside the file, under its name. Two programs that use "
        "different names of one file do not see each other's locks and overwrite each other."
    )


class DatabaseReplaced(DatabaseFault):
    """The database {path} was moved away or replaced meanwhile; nothing was changed"""

    code = "database_replaced"
    hint = N_("Look what stands there now, then run the command again: volunteer db info")


class FolderVanished(DatabaseFault):
    """The folder of {path} is no longer there; nothing was changed"""

    code = "folder_vanished"
    hint = N_("Is its disk or network folder connected?")


class DiskFull(DatabaseFault):
    """The disk that holds {path} is full; nothing was changed"""

    code = "disk_full"
    hint = N_("Make room, then run the command again.")


class QuotaReached(DatabaseFault):
    """Your share of the disk that holds {path} is used up; nothing was changed"""

    code = "quota_reached"
    hint = N_("Delete files of yours or ask for a larger share, then run the command again.")


class FileTooLarge(DatabaseFault):
    """The file {path} may not grow any more; nothing was changed"""

    code = "file_too_large"
    hint = N_("Move it to a disk or an account that allows larger files.")


class DiskReadOnly(DatabaseFault):
    """The disk that holds {path} can only be read; nothing was changed"""

    code = "disk_read_only"
    hint = N_("Connect it so that it can be written, or name another file with --db.")


class DiskFaulty(DatabaseFault):
    """The disk that holds {path} does not read or write as it should; nothing was changed"""

    code = "disk_faulty"
    hint = N_("Look at the disk; then see whether the file is whole: volunteer check")


class NoLocking(DatabaseFault):
    """The folder of {path} knows no locks, as some network folders; nothing was changed"""

    code = "no_locking"
    hint = N_("Keep the database on a disk of this machine, and let backups go to the network folder.")


class DatabaseEncrypted(DatabaseFault):
    """The database {path} is encrypted, and there is no key for it"""

    code = "key_missing"
    hint = N_("Name the file that holds it: VOLUNTEER_KEY_FILE=FILE. On a terminal it is asked for.")


class WrongKey(DatabaseFault):
    """The key does not open {path}; or that file is no database of volunteer"""

    code = "wrong_key"
    hint = N_("Look which key VOLUNTEER_KEY_FILE names, or type it once more.")


class KeyUnreadable(DatabaseFault):
    """The key cannot be read from {path}: {reason}"""

    code = "bad_key"
    hint = N_("Its first line is the key: a long sentence, or 64 hexadecimal digits.")


class KeyNeeded(DatabaseFault):
    """Nobody is there to ask for a key for {path}; nothing was changed"""

    code = "key_missing"
    hint = N_("Let a key be made in a file: --key-file FILE")


class KeyTooShort(DatabaseFault):
    """So short a key is no protection; nothing was changed"""

    code = "bad_key"
    hint = N_("Take a sentence that nobody else would think of, or let one be made: --key-file FILE")


class KeysDiffer(DatabaseFault):
    """Two different keys were typed; nothing was changed"""

    code = "bad_key"
    hint = N_("Type the same key twice.")


class NotEncrypted(DatabaseFault):
    """{path} is not encrypted; nothing was changed"""

    code = "not_encrypted"
    hint = N_("Encrypt it: volunteer db encrypt")


class EncryptedAlready(DatabaseFault):
    """{path} is encrypted already; nothing was changed"""

    code = "encrypted"
    hint = N_("For another key: volunteer db decrypt, then volunteer db encrypt")


class CipherMissing(DatabaseFault):
    """SQLCipher, which encrypted databases need, is not installed"""

    code = "driver_missing"
    hint = N_("Install it: pip install 'volunteer-cli[encrypted]'")


class KeyringMissing(DatabaseFault):
    """This system has no keyring that would keep the key; nothing was changed"""

    code = "no_keyring"
    hint = N_("Keep the key in a file and name it: VOLUNTEER_KEY_FILE=FILE")


class OtherEncryption(DatabaseFault):
    """{path} and the backup are not alike: one is encrypted and the other is not; nothing was changed"""

    code = "other_encryption"
    hint = N_(
        "Restore it to another place with --db, then change it there: volunteer db encrypt (or decrypt)"
    )


class DatabaseOld(DatabaseFault):
    """The database {path} has the older schema {found}; this version needs {needed}"""

    code = "database_too_old"
    hint = N_("A backup is made first: volunteer db upgrade")


class DatabaseNew(DatabaseFault):
    """The database {path} has the newer schema {found}; this version knows {needed}"""

    code = "database_too_new"
    hint = N_("Install a newer version of volunteer-cli.")


class Inconsistent(RuleError):
    """The database refused this, for it would break: {reason}"""

    code = "refused"
    hint = N_("Somebody may have changed the same record at the same moment; look again and repeat.")


class DriverMissing(DatabaseFault):
    """The program for this kind of database is not installed: {name}"""

    code = "driver_missing"
    hint = N_("Install it: pip install 'volunteer-cli[postgres]'")


class ServerUnreachable(DatabaseFault):
    """The server of {path} does not answer, or ended the connection"""

    code = "server_unreachable"
    hint = N_(
        "Is it running, is the network there, and has it this database? What was not confirmed was not changed."
    )


class ServerRefuses(DatabaseFault):
    """The server of {path} does not let you in, or not do this"""

    code = "no_permission"
    hint = N_("Check user, password and the name of the database, and the rights that the user was granted.")


class NumberTooLarge(RuleError):
    """A number here is too large to be kept"""

    code = "bad_quantity"
