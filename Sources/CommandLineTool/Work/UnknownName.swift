import ScoreLab

/// What is said of a name that nothing has: the one that was probably meant, and all there are.
package enum UnknownName {
  /// One line.
  ///
  /// - Parameters:
  ///   - name: What was typed.
  ///   - what: What it was to be the name of, such as `experiment`.
  ///   - names: Those there are.
  /// - Returns: A sentence such as `no experiment is called "hardpair", did you mean hard_pair? There
  ///   are ...`.
  package static func message(_ name: String, for what: String, among names: [String]) -> String {
    let known = names.joined(separator: ", ")
    let meant = Spelling.suggestion(for: name, among: names).map {
      ", did you mean \($0)? There are "
    }
    return "no \(what) is called \"\(name)\"\(meant ?? "; there are ")\(known)."
  }

  /// What is said of a first argument that is neither a command nor a file but nearly a command, and
  /// of the name of no command behind `help`.
  ///
  /// - Parameters:
  ///   - arguments: Those of the program.
  ///   - commands: The names of the commands.
  /// - Returns: Nil where the arguments may mean something.
  package static func command(in arguments: [String], among commands: [String]) -> String? {
    if arguments.first == "help", let word = arguments.dropFirst().first, !word.hasPrefix("-"),
      !commands.contains(word)
    {
      return message(word, for: "command", among: commands)
    }
    guard let word = arguments.first, !word.hasPrefix("-"), !commands.contains(word),
      !FileReader.exists(word), let meant = Spelling.suggestion(for: word, among: commands)
    else { return nil }
    return "no command or file is called \"\(word)\", did you mean \(meant)?"
  }
}
