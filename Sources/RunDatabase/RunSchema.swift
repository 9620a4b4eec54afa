internal import GRDB

/// How the database is laid out, and how an older layout becomes the present one.
///
/// A layout that was released is never changed: what comes later is a step of its own, with a dump of the
/// layout before it among the tests' fixtures.
enum RunSchema {
  /// The steps from an empty database to the present layout.
  static let migrator: DatabaseMigrator = {
    var migrator = DatabaseMigrator()
    // Each step is a transaction of its own, and none switches the checks of references off.
    migrator.registerMigration("1 runs", foreignKeyChecks: .immediate) { database in
      try database.execute(sql: runs)
    }
    migrator.registerMigration("2 deleted", foreignKeyChecks: .immediate) { database in
      // The moment of a deletion that can be undone until the program ends; NULL for runs that stay.
      try database.execute(sql: "ALTER TABLE runs ADD COLUMN deleted REAL")
    }
    return migrator
  }()

  private static let runs = """
    CREATE TABLE runs (
      id INTEGER PRIMARY KEY,
      name TEXT NOT NULL UNIQUE,
      start TEXT NOT NULL,
      distribution TEXT NOT NULL,
      seed TEXT NOT NULL,
      version TEXT NOT NULL,
      source_commit TEXT,
      processor TEXT NOT NULL,
      parent INTEGER,
      parent_steps INTEGER,
      parent_entries INTEGER,
      root INTEGER NOT NULL,
      tags TEXT NOT NULL DEFAULT '',
      note TEXT NOT NULL DEFAULT '',
      created REAL NOT NULL,
      updated REAL NOT NULL,
      executed_steps INTEGER NOT NULL,
      steps INTEGER NOT NULL,
      loss REAL,
      worst_l2 REAL,
      digest TEXT,
      digest_steps INTEGER,
      digest_entries INTEGER
    );
    CREATE INDEX runs_by_update ON runs (updated);
    CREATE TABLE edits (
      run INTEGER NOT NULL REFERENCES runs (id) ON DELETE CASCADE,
      position INTEGER NOT NULL,
      executed_steps INTEGER NOT NULL,
      action TEXT NOT NULL CHECK (action IN ('configure', 'resume')),
      configuration TEXT,
      PRIMARY KEY (run, position)
    ) WITHOUT ROWID;
    CREATE TABLE metrics (
      run INTEGER NOT NULL REFERENCES runs (id) ON DELETE CASCADE,
      name TEXT NOT NULL,
      level REAL,
      step INTEGER NOT NULL,
      value REAL NOT NULL,
      low REAL,
      high REAL
    );
    CREATE UNIQUE INDEX metrics_by_place ON metrics (run, name, step, IFNULL(level, -1e300));
    CREATE TABLE clouds (
      run INTEGER NOT NULL REFERENCES runs (id) ON DELETE CASCADE,
      step INTEGER NOT NULL,
      dimension INTEGER NOT NULL,
      points BLOB NOT NULL,
      PRIMARY KEY (run, step)
    ) WITHOUT ROWID;
    CREATE TABLE checkpoints (
      run INTEGER NOT NULL REFERENCES runs (id) ON DELETE CASCADE,
      executed_steps INTEGER NOT NULL,
      entries INTEGER NOT NULL,
      step INTEGER NOT NULL,
      file TEXT NOT NULL,
      bytes INTEGER NOT NULL,
      checksum TEXT NOT NULL,
      format INTEGER NOT NULL,
      PRIMARY KEY (run, executed_steps, entries)
    ) WITHOUT ROWID;
    """
}
