package import ScoreLab

/// What a sweep's folder is of; written once and never changed.
package struct SweepManifest: Sendable, Equatable, Codable {
  /// The name of the sweep.
  package var sweep: String
  /// The digest of all that decides a result: the specification, the program, the data and the packing.
  package var id: String
  /// The program that made it, which alone may work on it.
  package var program: String
  /// The specification, with every value.
  package var specification: String
  /// The folder that names of data files are seen from.
  package var workingFolder: String
  /// The SHA-256 of every data file, by name.
  package var data: [String: String]
  package var runs: Int
  package var units: Int
  package var shards: Int
  /// The SHA-256 of the plan.
  package var plan: String
  /// What was tried before; nil where nothing was.
  package var pilot: SweepPilot?

  /// The id of what decides a result.
  static func id(
    specification: String, program: String, data: [String: String], plan: String
  ) -> String {
    let files = data.sorted { $0.key < $1.key }.map { "\($0.value)  \($0.key)\n" }.joined()
    return SHA256.digest(Array("\(program)\n\(specification)\n\(files)\n\(plan)\n".utf8))
  }

  /// The specification as a value.
  ///
  /// - Throws: `ConfigurationError` where the file was changed by hand.
  package func spec(at path: String) throws(ConfigurationError) -> SweepSpec {
    try SweepSpec.parse(text: specification, file: path)
  }
}
