package import ScoreLab

/// One run or experiment of a sweep: a point with a seed.
package struct SweepRun: Sendable, Equatable, Codable {
  /// Its place among the runs, from 0: by points, and at each by seeds.
  package var run: Int
  /// The number of its point among all that were drawn, from 0.
  package var point: Int
  package var seed: UInt64
  /// The values of the keys in YAML, in the order of the keys.
  package var values: [String]
}

extension SweepSpec {
  /// What a run does.
  ///
  /// - Throws: `ConfigurationError` where the values do not fit one another.
  package func subject(of run: SweepRun) throws(ConfigurationError) -> SweepSubject {
    let values = zip(keys, run.values).map { (path: $0.path, text: $1) }
    do throws(ConfigurationError) {
      return try subject.setting(values, seed: run.seed)
    } catch {
      // The values of a sweep have no line.
      let shown = values.map { "\($0.path)=\($0.text)" }.joined(separator: " ")
      throw ConfigurationError(
        file: "\(name), run \(run.run) (\(shown))", path: error.path, message: error.message)
    }
  }

  /// The points that fulfil every condition, each once for every seed, in order.
  ///
  /// - Parameter take: Gets every run.
  /// - Throws: What `take` throws, or `ConfigurationError` where values do not fit one another.
  func forEachRun(_ take: (SweepRun, SweepSubject) throws -> Void) throws {
    let points = SweepPoints(self)
    var number = 0
    for point in 0..<points.count {
      let values = points[point]
      // The seed decides nothing that a condition asks for.
      let first = SweepRun(run: number, point: point, seed: seeds[0], values: values)
      guard try conditions.isEmpty || fulfils(subject(of: first)) else { continue }
      for seed in seeds {
        let run = SweepRun(run: number, point: point, seed: seed, values: values)
        try take(run, subject(of: run))
        number += 1
      }
    }
  }

  private func fulfils(_ subject: SweepSubject) -> Bool {
    conditions.allSatisfy { $0.holds { subject.text(at: $0) } }
  }
}
