public import ScoreLab

extension WorkbenchState {
  /// The run that is trained; nil before the first message.
  public var head: RunID? { run.snapshot?.runs.head }

  /// What to print when the program has ended: the command line that gives the same run.
  ///
  /// - Parameters:
  ///   - words: What the configuration was made of on the command line, such as a file's name.
  ///   - given: The configuration that these made.
  /// - Returns: Lines for a shell; none where nothing was trained.
  public func farewell(given words: [String], _ given: RunConfiguration) -> [String] {
    guard let snapshot = run.snapshot, snapshot.step > 0 else { return [] }
    let changes = snapshot.configuration.assignments(from: given).flatMap { ["--set", $0] }
    let line = (["scorefield", "train"] + words + changes + ["--steps", "\(snapshot.step)"])
      .map(Self.quoted).joined(separator: " ")
    guard !snapshot.edits.isEmpty else { return [line] }
    // With edits on the way the bits are others; a comment does no harm in a shell.
    let edits = snapshot.edits.map { "#   step \($0.step): \($0.label)" }
    guard let code = try? SharedRun(snapshot.log).code() else {
      return [line, "# from the first step with what was changed on the way:"] + edits
    }
    let shared = ["scorefield", "train", code, "--steps", "\(snapshot.step)"].map(Self.quoted)
    return [shared.joined(separator: " "), "# with what was changed on the way:"] + edits
  }

  /// A word as a shell takes it.
  private static func quoted(_ word: String) -> String {
    let isPlain = word.unicodeScalars.allSatisfy { scalar in
      "a"..."z" ~= scalar || "A"..."Z" ~= scalar || "0"..."9" ~= scalar
        || "-_./=,:+@%".unicodeScalars.contains(scalar)
    }
    guard !isPlain || word.isEmpty else { return word }
    return "'"
      + word.split(separator: "'", omittingEmptySubsequences: false).joined(separator: "'\\''")
      + "'"
  }
}
