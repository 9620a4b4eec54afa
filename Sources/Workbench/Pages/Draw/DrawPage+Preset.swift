import Lessons
import NumberFormatting
import ScoreLab
import TermPlot

/// What is drawn, kept as a preset of one's own.
extension LineCommand {
  /// The most characters of what a preset is about.
  private static let sentenceLimit = 200

  /// The line that keeps the drawing, and the same over a preset that is there.
  static let keepDrawing = [false, true].map { replaces in
    LineCommand(
      name: replaces ? "draw_preset!" : "draw_preset", argument: "NAME [SENTENCE]",
      title: replaces
        ? "the same over a preset that is there"
        : "keep what is drawn among the presets, with the run's settings",
      completions: { state in
        replaces ? state.start.presets.map { Completion($0.name, $0.summary) } : []
      },
      perform: { (state, argument) throws(LineError) in
        let preset = try preset(argument, of: state)
        guard replaces || state.presetShelf.library.preset(named: preset.name) == nil else {
          throw LineError(
            message: "\(preset.name) is a preset already; draw_preset! replaces it")
        }
        return [.keep(preset, replaces: replaces, replacer: "draw_preset!")]
      })
  }

  /// What a line asks for, with every value of it checked as a file's are.
  private static func preset(
    _ argument: String, of state: WorkbenchState
  ) throws(LineError) -> Preset {
    guard let distribution = state.drawPage.drawing.distribution else {
      throw LineError(message: "nothing is drawn yet; V opens the page for it")
    }
    let space = argument.firstIndex(of: " ") ?? argument.endIndex
    let (name, sentence) = (String(argument[..<space]), unquoted(argument[space...].trimmed))
    guard Preset.isName(name) else {
      throw LineError(
        message: name.isEmpty
          ? "draw_preset takes a name and a sentence, such as draw_preset my-s \"An S.\""
          : Preset.nameRule)
    }
    guard sentence.unicodeScalars.count <= sentenceLimit else {
      throw LineError(message: "the sentence of a preset has at most \(sentenceLimit) characters")
    }
    var configuration = state.run.configuration
    configuration.distribution = distribution
    let words = name.split(separator: "-").joined(separator: " ")
    let components = NumberText.counted(state.drawPage.drawing.components.count, "component")
    let preset = Preset(
      name: name, title: words.isEmpty ? name : words.prefix(1).uppercased() + words.dropFirst(),
      summary: sentence.isEmpty ? "Drawn by hand: a mixture of \(components)." : sentence,
      configuration: configuration)
    do throws(ConfigurationError) {
      // Without what could act on a terminal.
      return try Preset.read(preset.text, file: name)
    } catch {
      throw LineError(message: "\(error)")
    }
  }

  /// The text without quotes around it.
  private static func unquoted(_ text: String) -> String {
    text.count >= 2 && text.first == "\"" && text.last == "\""
      ? String(text.dropFirst().dropLast()) : text
  }
}
