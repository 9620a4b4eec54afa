/// A run as a folder of files that other programs read.
public struct RunFolder: Sendable {
  /// The folder; it is made where it is missing.
  public let path: String

  public init(path: String) { self.path = path }

  /// Writes a run, each file under a temporary name that is then renamed.
  ///
  /// - `run.yaml`: the configuration that the run began with and the edits at their steps; trained from
  ///   it, the run gives the same bits.
  /// - `configuration.yaml`: the configuration in force now, live edits included.
  /// - `edits.csv`: the steps before which something was changed, and what.
  /// - `weights.safetensors`: a ``WeightsFile``.
  /// - `losses.csv`: the least, mean, largest and smoothed loss of stretches of steps.
  /// - `held_out.csv`: the excess of the held-out loss over the Bayes floor.
  ///
  /// - Parameter session: The run.
  /// - Returns: The names of the files.
  /// - Throws: ``FileError``; files that were written before stay.
  public func write(_ session: Session) throws(FileError) -> [String] {
    try Folder.create(path)
    let texts = [
      ("run.yaml", SharedRun(session.log).yaml), ("configuration.yaml", session.configuration.yaml),
      ("edits.csv", edits(session)), ("losses.csv", losses(session.history)),
      ("held_out.csv", heldOut(session.measurements.heldOut)),
    ]
    for (name, text) in texts { try FileWriter.writeAtomically(text, to: "\(path)/\(name)") }
    let weights = "weights.safetensors"
    try WeightsFile(of: session).write(to: "\(path)/\(weights)", origin: "scorefield")
    return texts.map(\.0) + [weights]
  }

  /// Finds a folder that is not there yet: the first of `stem-1`, `stem-2` and so on.
  ///
  /// - Parameter stem: What the names begin with.
  /// - Returns: A path, relative if the stem is.
  public static func unused(_ stem: String) -> RunFolder {
    var number = 1
    while FileReader.exists("\(stem)-\(number)") { number += 1 }
    return RunFolder(path: "\(stem)-\(number)")
  }

  private func edits(_ session: Session) -> String {
    text([["step", "change"]] + session.edits.map { ["\($0.step)", $0.label] })
  }

  private func losses(_ history: LossHistory) -> String {
    text(
      [["first_step", "steps", "minimum", "mean", "maximum", "smoothed"]]
        + history.buckets.map { bucket in
          ["\(bucket.firstStep)", "\(bucket.count)"]
            + [bucket.minimum, bucket.mean, bucket.maximum, bucket.smoothed].map { "\($0)" }
        })
  }

  private func heldOut(_ points: [HeldOutPoint]) -> String {
    text([["step", "excess"]] + points.map { ["\($0.step)", "\($0.excess)"] })
  }

  private func text(_ rows: [[String]]) -> String {
    rows.map { CSVText.line($0) + "\n" }.joined()
  }
}
