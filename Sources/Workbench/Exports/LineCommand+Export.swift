import ScoreLab
import TermPlot

/// Lines that write files of what the screen shows.
extension LineCommand {
  static let export = exporting(
    "export", "write a pane, the screen, its data or trajectories, by the ending of FILE",
    replaces: false)

  static let exportOver = exporting(
    "export!", "the same over a file that is there", replaces: true)

  static let record = recording(
    "record", "record the screen over time for asciinema; without FILE stop", replaces: false)

  static let recordOver = recording(
    "record!", "the same over a file that is there", replaces: true)

  private static func exporting(_ name: String, _ title: String, replaces: Bool) -> LineCommand {
    LineCommand(
      name: name, argument: "[PANE] FILE", title: title,
      completions: { state in
        state.exportTargets.flatMap { target in
          let name = state.name(of: target)
          return state.formats(of: target).map { format in
            Completion("\(name).\(format.rawValue)", "\(name): \(format.summary)")
          }
        }
      },
      perform: { (state, argument) throws(LineError) in
        [.export(try state.export(argument, replacing: replaces))]
      })
  }

  private static func recording(_ name: String, _ title: String, replaces: Bool) -> LineCommand {
    LineCommand(
      name: name, argument: "[FILE.cast]", title: title,
      completions: { state in
        state.recording == nil
          ? [Completion("screen.cast", "an asciinema recording, version 2")] : []
      },
      perform: { (state, argument) throws(LineError) in
        guard !argument.isEmpty else {
          guard state.recording != nil else {
            throw LineError(message: "record takes a file's name, such as record screen.cast")
          }
          return [.stopRecording]
        }
        if let file = state.recording {
          throw LineError(message: "\(file) is being recorded; :record ends it")
        }
        return [.startRecording(path: argument, replaces: replaces)]
      })
  }

  /// A line that writes a text file of one kind, and the same over a file that is there.
  ///
  /// - Parameters:
  ///   - name: The word of the first line; that of the other has an exclamation mark.
  ///   - endings: How the file's name may end; the first is that of the example.
  ///   - title: What is written, for help.
  ///   - example: A file's name, with what it is.
  ///   - make: The text of the file and what it shows, in a few words.
  /// - Returns: Both lines.
  static func writing(
    _ name: String, endings: [String], _ title: String, example: Completion,
    _ make:
      @escaping @Sendable (WorkbenchState, _ path: String) throws(LineError)
      -> (text: String, summary: String)
  ) -> [LineCommand] {
    let replacer = name + "!"
    return [false, true].map { replaces in
      LineCommand(
        name: replaces ? replacer : name, argument: "FILE" + endings[0],
        title: replaces ? "the same over a file that is there" : title,
        completions: { _ in [example] },
        perform: { (state, argument) throws(LineError) in
          guard endings.contains(where: argument.lowercased().hasSuffix) else {
            throw LineError(message: "\(name) takes a file's name that ends in \(endings[0])")
          }
          let (text, summary) = try make(state, argument)
          return [
            .export(
              Export(
                path: argument, replaces: replaces, content: .bytes(Array(text.utf8)),
                summary: summary, replacer: replacer))
          ]
        })
    }
  }
}
