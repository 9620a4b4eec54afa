import ScoreLab
import TermPlot

extension Command {
  static let explain = Command(
    "help.terms", "what the words of the pane mean", keys: Shortcut("F3", .function(3)),
    hint: Hint("F3", "terms"),
    availability: {
      .when(!$0.explanation.isEmpty, otherwise: "no term of the glossary stands in this pane")
    },
    change: { state in
      state.overlay = .text(TextView(state.explanation, title: "Terms of this pane"))
    })
}

extension LineCommand {
  static let explain = LineCommand(
    name: "explain", argument: "TERM", title: "what a word or a setting means",
    completions: { state in
      Glossary.terms.map { Completion($0.name, $0.sentences[0]) }
        + state.formRows.map { Completion($0.field.path, $0.field.description.summary) }
    },
    perform: { (state, argument) throws(LineError) in
      let part = try state.explanation(of: argument)
      state.overlay = .text(TextView([part], title: "Explained"))
      return []
    })
}

/// A heading with what stands below it.
struct ExplainedPart: Equatable {
  var heading: String
  var paragraphs: [String]

  init(_ term: Term) { (heading, paragraphs) = (term.name, term.paragraphs) }

  init(_ field: FormField) {
    heading = field.path
    paragraphs = [
      "\(field.label): \(field.description.summary).", "Allowed: \(field.description.allowed)",
    ]
  }
}

extension WorkbenchState {
  /// What stands in the focused pane, explained: the selected row of a form, then terms.
  var explanation: [ExplainedPart] {
    guard let area = Layout(state: self).inner(ofPane: focus) else { return [] }
    var canvas = Canvas(size: size)
    drawContent(ofPane: focus, into: &canvas, in: area)
    let labels = canvas.plots.flatMap(\.labels)
    let text = canvas.lines.joined(separator: "\n")
    let terms = Glossary.terms(in: text) + labels.flatMap(Glossary.terms(ofLabel:))
    let shown = Glossary.terms.filter(terms.contains)
    return (rowWithKeys.map { [ExplainedPart($0)] } ?? []) + shown.map { ExplainedPart($0) }
  }

  /// The field of the form that has the keys; nil where another pane has them.
  private var rowWithKeys: FormField? {
    guard pageType.panes[focus].commands.contains(where: { $0.id == "form.edit" }) else {
      return nil
    }
    return formRows.first { $0.field.path == selectedRow }?.field
  }

  /// A term or a setting, explained.
  fileprivate func explanation(of name: String) throws(LineError) -> ExplainedPart {
    guard !name.isEmpty else {
      throw LineError(message: "explain takes a word of the screen, such as explain D_delta")
    }
    if let term = Glossary.term(named: name) { return ExplainedPart(term) }
    if let row = formRows.first(where: { [$0.field.path, $0.field.label].contains(name) }) {
      return ExplainedPart(row.field)
    }
    let meant = Spelling.suggestion(for: name, among: Glossary.terms.map(\.name))
    throw LineError(
      message: "the glossary has no \(name)"
        + (meant.map { ", did you mean \($0)?" } ?? "; Tab shows what it has"))
  }
}

extension TextView {
  /// Parts with their headings, an empty line between them.
  init(_ parts: [ExplainedPart], title: String) {
    self.init(title: title, paragraphs: [])
    for part in parts {
      if !paragraphs.isEmpty { paragraphs.append("") }
      headings.insert(paragraphs.count)
      paragraphs += [part.heading] + part.paragraphs
    }
  }
}

extension PlacedPlot {
  /// Everything that is written at the plot: its axes, its series, and what is marked in it; not the
  /// letters of particles.
  var labels: [String] {
    var letters: Set<String> = []
    if case .scatter(let scatter)? = content {
      for case .letters(let layer) in scatter.layers {
        letters.formUnion(layer.glyphs.map { String(Character($0)) })
      }
    }
    let series = PlotData([self]).rows.map(\.series).filter { !letters.contains($0) }
    return Set([x.title, y.title] + seriesNames + series).filter { !$0.isEmpty }.sorted()
  }
}
