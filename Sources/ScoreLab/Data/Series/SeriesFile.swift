import NumberFormatting

/// Numbers of a run by training step, in a file that grows as they are measured.
///
/// What was appended is in the file at once, so a run that is killed keeps it.
public final class SeriesFile {
  /// How a series is written; the name of its file ends in the raw value.
  public enum Format: String, CaseIterable, Sendable {
    /// A line of names, then a line a step; unknown numbers are empty.
    case csv
    /// A JSON object a step; unknown numbers are null.
    case jsonLines = "jsonl"
    /// TensorBoard's events in float32, with the time of the clock; unknown numbers are left out.
    case events = "tfevents"

    /// The format that the ending of a file's name asks for, or nil.
    public init?(file: String) {
      let name = file.lowercased()
      guard let format = Format.allCases.first(where: { name.hasSuffix("." + $0.rawValue) }) else {
        return nil
      }
      self = format
    }
  }

  /// A number of a step by its name, such as `l2/0.1`; not finite where it is unknown.
  public struct Value: Sendable, Equatable {
    public var name: String
    public var value: Double

    public init(_ name: String, _ value: Double) {
      self.name = name
      self.value = value
    }
  }

  public let path: String
  private let format: Format
  private let file: OpenFile
  private var names: [String]?

  /// Makes an empty file, in the place of one of this name.
  ///
  /// - Parameters:
  ///   - path: Its name, which ends in that of a format.
  ///   - seconds: The time since 1970, in seconds.
  /// - Throws: ``FileError``.
  /// - Precondition: The ending is that of a format.
  public init(_ path: String, seconds: Double) throws(FileError) {
    guard let format = Format(file: path) else {
      preconditionFailure("The name ends in that of a format.")
    }
    self.path = path
    self.format = format
    file = try OpenFile(locking: path)
    try file.checkKind()
    try file.replaceContents(format == .events ? EventRecord.start(seconds: seconds) : [])
  }

  /// Appends the numbers of a step.
  ///
  /// - Parameters:
  ///   - step: The training step.
  ///   - values: Numbers with the same names every time.
  ///   - seconds: The time since 1970, in seconds.
  /// - Throws: ``FileError``.
  public func append(step: Int, _ values: [Value], seconds: Double) throws(FileError) {
    switch format {
    case .csv: try file.append(csv(step, values))
    case .jsonLines:
      let parts = values.map { "\"\($0.name)\":\(Self.number($0.value) ?? "null")" }
      try file.append(
        Array("{\(([#""step":"# + "\(step)"] + parts).joined(separator: ","))}\n".utf8))
    case .events:
      try file.append(EventRecord.scalars(values, step: step, seconds: seconds))
    }
  }

  private func csv(_ step: Int, _ values: [Value]) -> [UInt8] {
    let names = values.map(\.name)
    precondition(
      self.names == nil || self.names == names, "A table has the same columns in every row.")
    let header = self.names == nil ? CSVText.line(["step"] + names) + "\n" : ""
    self.names = names
    let cells = ["\(step)"] + values.map { Self.number($0.value) ?? "" }
    return Array((header + CSVText.line(cells) + "\n").utf8)
  }

  private static func number(_ value: Double) -> String? {
    value.isFinite ? NumberText.exact(value) : nil
  }
}
