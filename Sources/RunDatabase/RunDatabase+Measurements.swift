import FoundationEssentials
internal import GRDB
package import ScoreLab

extension RunDatabase {
  /// Keeps what was measured; of two points at one place the later one stands.
  func save(_ measured: RunMeasurements, of run: RunID, _ database: Database) throws {
    if let last = measured.lastStep {
      for table in ["metrics", "clouds"] {
        try database.execute(
          sql: "DELETE FROM \(table) WHERE run = ? AND step > ?", arguments: [run.number, last])
      }
    }
    if !measured.points.isEmpty {
      let statement = try database.makeStatement(
        sql: "INSERT OR REPLACE INTO metrics VALUES (?, ?, ?, ?, ?, ?, ?)")
      for point in measured.points {
        try statement.execute(arguments: [
          run.number, point.name, point.level, point.step, point.value, point.low, point.high,
        ])
      }
      try noteWorstError(of: run, database)
    }
    for cloud in measured.clouds {
      let words = cloud.points.map { $0.bitPattern.littleEndian }
      try database.execute(
        sql: "INSERT OR REPLACE INTO clouds VALUES (?, ?, ?, ?)",
        arguments: [run.number, cloud.step, cloud.dimension, words.withUnsafeBytes { Data($0) }])
    }
  }

  /// The largest of the newest L2 errors, for lists.
  private func noteWorstError(of run: RunID, _ database: Database) throws {
    try database.execute(
      sql: """
        UPDATE runs SET worst_l2 = (
          SELECT MAX(value) FROM metrics WHERE run = :run AND name = 'l2' AND step = (
            SELECT MAX(step) FROM metrics WHERE run = :run AND name = 'l2'))
        WHERE id = :run
        """, arguments: ["run": run.number])
  }

  /// The series of a run, in the order of names, levels and steps.
  ///
  /// - Parameters:
  ///   - run: The run.
  ///   - name: The series; all of them without a name.
  /// - Returns: The points.
  /// - Throws: ``FileError``.
  package func series(of run: RunID, named name: String? = nil) throws(FileError) -> [MetricPoint] {
    try read { database in
      try Row.fetchAll(
        database,
        sql: """
          SELECT name, level, step, value, low, high FROM metrics
          WHERE run = :run AND (:name IS NULL OR name = :name) ORDER BY name, level, step
          """, arguments: ["run": run.number, "name": name]
      ).map { row in
        MetricPoint(
          row["name"], level: row["level"], step: row["step"], value: row["value"],
          low: row["low"], high: row["high"])
      }
    }
  }

  /// The samples that were kept of a run, in the order of the steps.
  ///
  /// - Parameter run: The run.
  /// - Returns: A cloud for each step that was kept.
  /// - Throws: ``FileError``.
  package func clouds(of run: RunID) throws(FileError) -> [SampleCloud] {
    try read { database in
      try Row.fetchAll(
        database, sql: "SELECT step, dimension, points FROM clouds WHERE run = ? ORDER BY step",
        arguments: [run.number]
      ).map { row in
        let bytes: Data = row["points"]
        let words = [UInt32](unsafeUninitializedCapacity: bytes.count / 4) { buffer, used in
          used = bytes.copyBytes(to: UnsafeMutableRawBufferPointer(buffer)) / 4
        }
        return SampleCloud(
          step: row["step"], dimension: row["dimension"],
          points: words.map { Float(bitPattern: UInt32(littleEndian: $0)) })
      }
    }
  }
}

extension RunDatabase {
  /// The smoothed losses of a run in the order of the steps.
  func lossValues(of run: RunID) throws(FileError) -> [Double] {
    try read {
      try Double.fetchAll(
        $0, sql: "SELECT value FROM metrics WHERE run = ? AND name = 'loss' ORDER BY step",
        arguments: [run.number])
    }
  }
}
