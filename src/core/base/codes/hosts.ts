/** Codes of everything that can be said about hosts; each entry becomes a section of docs/codes.md. */
export const hostsCodes = {
  'hosts.missing': {
    meaning: 'A file or folder that Baton needs is not on the server.',
    remedy:
      'Check the path in baton.yaml against the server; `baton push` writes the files that Baton manages.',
  },
  'hosts.exists': {
    meaning:
      'Something is there already where Baton would create a file. A lock of another run looks like this.',
    remedy:
      'Run `baton status` to see who holds the lock; when no run is under way, `baton resume` or `baton rollback`.',
  },
  'hosts.deposed': {
    meaning:
      'Somebody else has taken the run over, so the server refuses what the process before them had still prepared. Nothing was changed.',
    remedy: '`baton status` shows who holds the run now; leave it to them.',
  },
  'hosts.not-held': {
    meaning:
      'The folder is missing on the server that says who holds the run, and nobody else has taken the run over. Nothing was changed there.',
    remedy: 'See who removed it, then `baton resume` or `baton rollback`.',
  },
  'hosts.changed-meanwhile': {
    meaning:
      'A file that Baton was about to replace is not as Baton saw it before: somebody else has changed it. It was left as it is.',
    remedy: 'See what was changed in the file and by whom, then order the operation again.',
  },
  'hosts.other-file-system': {
    meaning:
      "A file of the server's configuration is not on the file system of Baton's folder, so it can't be replaced in one act.",
    remedy: 'Keep named.conf and baton/ on one file system.',
  },
  'hosts.processes-hidden': {
    meaning:
      "Baton's user can't see the processes of other users on the server, so whether named has stopped there can't be told.",
    remedy: 'Run Baton as root, or mount /proc without hidepid.',
  },
  'hosts.permission': {
    meaning: 'The user that runs Baton may not do this to the file or folder.',
    remedy: 'Run Baton as root, or as a user who may write the configuration folder.',
  },
  'hosts.owner': {
    meaning:
      "Baton can't give a file to named's user, nor to its group, and named could not read it otherwise. The file was not written.",
    remedy: "Run Baton as root, or make its user a member of the group of named's user (on Debian `bind`).",
  },
  'hosts.user-unknown': {
    meaning: "The server's list of users does not have the user that baton.yaml names.",
    remedy: 'Correct `user` of the server in baton.yaml; on Debian and Ubuntu named runs as `bind`.',
  },
  'hosts.disk-full': {
    meaning: 'The disk, or the quota, is full. The file is as it was before.',
    remedy: 'Free space (`df -h`, `df -i`), then try again.',
  },
  'hosts.read-only': {
    meaning: 'The file system is mounted read-only. A kernel does that too when the disk has errors.',
    remedy: 'Look at `dmesg`, then mount it for writing.',
  },
  'hosts.not-a-folder': {
    meaning: 'A part of the path is a file where a folder should be.',
    remedy: 'Move that file away, or correct the path in baton.yaml.',
  },
  'hosts.is-a-folder': {
    meaning: 'A folder is where a file should be.',
    remedy: 'Move that folder away, or correct the path in baton.yaml.',
  },
  'hosts.not-a-file': {
    meaning:
      'A pipe, a socket or a device is where a file should be. Such a thing may never end, so it is not read.',
    remedy: 'Put a file in its place, or correct the path.',
  },
  'hosts.symbolic-link': {
    meaning:
      'The file to be written is a symbolic link. Writing through it might overwrite another of the files Baton manages, and replacing it would cut it off from what it points to, so neither was done.',
    remedy:
      'Put a copy in its place: `cp --remove-destination "$(readlink -f FILE)" FILE`. Folders that root linked are fine, where nobody else may write the folder with the link.',
  },
  'hosts.foreign-link': {
    meaning:
      'On the path to a file is a symbolic link in a folder that another user may write. Following it, root would read or change for that user what the user may not, so nothing was done.',
    remedy:
      'See where it leads (`namei -l FILE`) and remove it. Links that root made are followed where nobody else may write the folder they are in.',
  },
  'hosts.script-exposed': {
    meaning:
      'Baton runs as root and would have to execute a guard that another user could change: the script, its folder or one above has the wrong owner or mode. It was not executed.',
    remedy:
      '`baton push` or `baton guard install`, as root, sets owners and modes right; folders above the configuration are yours to set.',
  },
  'hosts.borrowed-file': {
    meaning:
      'In a folder that another user may write, a file of root’s has a second name (a hard link). Through it that user would have root read or change what the user may not, so nothing was done with it.',
    remedy:
      'Find out who made it (`ls -li`, `find / -samefile FILE`), remove that name, and set `fs.protected_hardlinks=1`.',
  },
  'hosts.path-too-long': {
    meaning: 'The name of the file, or its whole path, is longer than the file system allows.',
    remedy: 'Choose a shorter path in baton.yaml.',
  },
  'hosts.busy': {
    meaning:
      'The file is a mount point of its own, as when a container mounts a single file, so it cannot be replaced by a rename.',
    remedy: 'Mount the folder instead of the file.',
  },
  'hosts.too-many-open': {
    meaning: 'The process or the machine has no file handle left.',
    remedy: 'Raise the limit (`ulimit -n`, `fs.file-max`), then try again.',
  },
  'hosts.input-output': {
    meaning: 'The disk, or the system call, failed in a way that says nothing about the file itself.',
    remedy: 'Look at `dmesg` on the server, then try again.',
  },
  'hosts.too-large': {
    meaning: 'A file is larger than Baton is willing to read at once.',
    remedy: 'Check that the path is that of a configuration file and not of something else.',
  },
  'hosts.too-many-files': {
    meaning: 'More files were asked about in one question than an answer may hold.',
    remedy: 'Please report this: Baton should have asked in portions.',
  },
  'hosts.deadline': {
    meaning:
      'Files of a server could not be read or changed in the time that was given for it. What was to be changed may still change once the disk goes on.',
    remedy: 'See whether the disk of the server is slow or hangs, then try again.',
  },
  'hosts.command-missing': {
    meaning: 'A program of BIND that Baton needs is not installed on the server.',
    remedy:
      'On Debian and Ubuntu: `apt-get install bind9-utils`; elsewhere the package with named-checkconf.',
  },
  'hosts.command-deadline': {
    meaning: 'A program took longer than it was given and was stopped.',
    remedy:
      'See whether the server is overloaded or its disk slow; with very many zones, raise the deadline.',
  },
  'hosts.command-stopped': {
    meaning: 'A person pressed Ctrl-C while a program ran, and it was ended with all that it had started.',
    remedy: 'See how far the program had come before you order it again.',
  },
  'hosts.command-killed': {
    meaning: 'A program was ended by a signal before it had an answer, for example because memory ran out.',
    remedy: 'Look at `dmesg` on the server, then run the program by hand.',
  },
  'hosts.ssh-not-yet': {
    meaning:
      'The fleet file sets `ssh` for a server. This release manages only servers on the machine that it runs on.',
    remedy: 'Run Baton on the server itself, or leave `ssh` of the server out of baton.yaml.',
  },
} as const
