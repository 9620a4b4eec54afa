import FoundationEssentials

/// Pieces of Python as a notebook, and as a program.
///
/// Source: Jupyter, "The Notebook file format", nbformat 4.5.
struct PythonNotebook {
  private struct Cell: Encodable {
    var id: String
    var isCode: Bool
    var source: String

    private enum Key: String, CodingKey {
      case id, source, metadata, outputs
      case cellType = "cell_type"
      case executionCount = "execution_count"
    }

    func encode(to encoder: any Encoder) throws {
      var container = encoder.container(keyedBy: Key.self)
      try container.encode(id, forKey: .id)
      try container.encode(isCode ? "code" : "markdown", forKey: .cellType)
      try container.encode([String: String](), forKey: .metadata)
      // A line each, with its end, as notebooks keep them.
      let lines = source.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
      try container.encode(
        lines.enumerated().map { $0.offset < lines.count - 1 ? $0.element + "\n" : $0.element },
        forKey: .source)
      guard isCode else { return }
      try container.encode([String](), forKey: .outputs)
      try container.encodeNil(forKey: .executionCount)
    }
  }

  private struct Notebook: Encodable {
    var cells: [Cell]
    var metadata = ["language_info": ["name": "python"]]
    var nbformat = 4
    var nbformat_minor = 5
  }

  private let cells: [Cell]

  /// Makes a notebook.
  ///
  /// - Parameters:
  ///   - introduction: What stands at its head, in Markdown.
  ///   - cells: Its pieces of Python, in their order.
  init(_ introduction: String, cells: [String]) {
    self.cells =
      [Cell(id: "introduction", isCode: false, source: introduction)]
      + cells.enumerated().map {
        Cell(id: "cell-\($0.offset + 1)", isCode: true, source: $0.element)
      }
  }

  /// The file.
  var text: String {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
    guard let data = try? encoder.encode(Notebook(cells: cells)) else {
      preconditionFailure("Texts and numbers can be encoded.")
    }
    return String(decoding: data, as: UTF8.self) + "\n"
  }

  /// The same pieces as one program.
  static func program(of cells: [String]) -> String { cells.joined(separator: "\n\n") + "\n" }
}
