package import OutsideText
import ScoreCore

extension YAMLNode {
  /// The longest configuration text, in bytes.
  private static let longestText = 1 << 20

  /// The text of a configuration file of at most 1 MiB.
  package static func text(ofFile file: String) throws(ConfigurationError) -> String {
    do throws(FileError) {
      return try FileReader.text(file, limit: longestText)
    } catch {
      throw ConfigurationError(file: file, message: error.reason)
    }
  }

  /// Reads the YAML text of a configuration.
  ///
  /// - Returns: The one document, or nil if there is nothing but comments.
  /// - Throws: ``ConfigurationError`` when the text is not YAML, or uses more of YAML than it may.
  package static func compose(_ text: String, file: String) throws(ConfigurationError) -> YAMLNode?
  {
    do throws(YAMLFault) {
      return try YAMLReader.compose(text, limit: longestText)
    } catch {
      throw ConfigurationError(file: file, line: error.line, message: error.message)
    }
  }

  /// What the value is, a scalar only; quoted text is always text.
  var scalar: PlainScalar? {
    guard case .scalar(let text, let isPlain) = content else { return nil }
    return isPlain ? PlainScalar(text) : .text(text)
  }

  package var isNull: Bool { scalar == .null }

  /// The value as an error message names it.
  package var found: String {
    switch content {
    case .list(let items): return items.isEmpty ? "an empty list" : "a list of \(items.count)"
    case .map: return "a map"
    case .scalar(let text, let isPlain):
      let shown = SafeText.sanitized(text)
      switch PlainScalar(text) {
      case .null where isPlain: return "nothing"
      case .flag where isPlain, .number where isPlain: return shown
      case .number: return "\"\(shown)\" as text; remove its quotes or tag"
      default: return "\"\(shown)\""
      }
    }
  }

  /// The value of a path of keys and positions from 1, or the deepest value on the way to it.
  package func nearest(_ path: some Collection<String>) -> YAMLNode {
    guard let step = path.first else { return self }
    switch content {
    case .scalar: return self
    case .list(let items):
      guard let index = Int(step).map({ $0 &- 1 }), items.indices.contains(index) else {
        return self
      }
      return items[index].nearest(path.dropFirst())
    case .map(let entries):
      guard let entry = entries.first(where: { $0.key == step }) else { return self }
      var found = entry.value.nearest(path.dropFirst())
      if found.isNull { found.line = entry.line }
      return found
    }
  }
}
