import NumberFormatting
import OutsideText

/// A JSON object on one line; a number that is not finite becomes null, never a result.
package struct JSONLine {
  private var parts: [String] = []

  package init() {}

  package mutating func add(_ key: String, _ value: Double) {
    parts.append("\"\(key)\":\(number(value))")
  }
  package mutating func add(_ key: String, _ value: Int) { parts.append("\"\(key)\":\(value)") }
  package mutating func add(_ key: String, _ flag: Bool) { parts.append("\"\(key)\":\(flag)") }
  package mutating func add(_ key: String, _ values: [Double]) {
    parts.append("\"\(key)\":[\(values.map(number).joined(separator: ","))]")
  }
  package mutating func add(_ key: String, _ text: String) {
    parts.append("\"\(key)\":\(quoted(text))")
  }
  package mutating func add(_ key: String, _ texts: [String]) {
    parts.append("\"\(key)\":[\(texts.map(quoted).joined(separator: ","))]")
  }

  package var text: String { "{\(parts.joined(separator: ","))}" }

  private func number(_ value: Double) -> String {
    value.isFinite ? NumberText.exact(value) : "null"
  }

  private func quoted(_ text: String) -> String { "\"\(JSONLine.escaped(text))\"" }

  private static func escaped(_ text: String) -> String {
    var result = ""
    for scalar in text.unicodeScalars {
      switch scalar {
      case "\"": result += "\\\""
      case "\\": result += "\\\\"
      case "\n": result += "\\n"
      case "\t": result += "\\t"
      case _ where SafeText.isHarmless(scalar): result.unicodeScalars.append(scalar)
      default:
        for unit in String(scalar).utf16 {
          let digits = String(unit, radix: 16)
          result += "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
        }
      }
    }
    return result
  }
}
