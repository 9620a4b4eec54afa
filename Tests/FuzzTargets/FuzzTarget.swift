import Foundation
import OutsideText

/// Something that reads what comes from outside, and what it promises for any bytes.
///
/// `script/fuzz` searches for bytes that break a promise; the tests repeat what it kept.
package struct FuzzTarget: Sendable {
  package let name: String
  package let summary: String
  /// Inputs to start from.
  package let seeds: @Sendable () throws -> [[UInt8]]
  private let reader: @Sendable ([UInt8]) throws -> String?

  /// - Parameters:
  ///   - name: A word for the command line.
  ///   - summary: What is read.
  ///   - seeds: Inputs to start from.
  ///   - reader: Reads bytes. It throws the reader's error, which must be one line, and returns a
  ///     promise that does not hold for the bytes; nil if all do.
  init(
    _ name: String, _ summary: String, seeds: @escaping @Sendable () throws -> [[UInt8]],
    reader: @escaping @Sendable ([UInt8]) throws -> String?
  ) {
    (self.name, self.summary, self.seeds, self.reader) = (name, summary, seeds, reader)
  }

  /// A target that reads text; bytes that are not UTF-8 are no input of it.
  init(
    text name: String, _ summary: String, seeds: @escaping @Sendable () throws -> [String],
    reader: @escaping @Sendable (String) throws -> String?
  ) {
    self.init(
      name, summary, seeds: { try seeds().map { Array($0.utf8) } },
      reader: { bytes in
        guard let text = String(validating: bytes, as: UTF8.self) else { return nil }
        return try reader(text)
      })
  }

  /// The error of reading bytes; nil without one.
  func error(_ bytes: [UInt8]) -> (any Error)? {
    do {
      _ = try reader(bytes)
      return nil
    } catch {
      return error
    }
  }

  /// Reads bytes.
  ///
  /// - Returns: The promise that does not hold for them; nil if all do.
  package func brokenPromise(_ bytes: [UInt8]) -> String? {
    do {
      return try reader(bytes)
    } catch {
      let message = "\(error)"
      guard !message.isEmpty else { return "an error says something" }
      return SafeText.sanitized(message, limit: 100_000) == message
        ? nil : "an error is one line of plain characters: \(message.debugDescription)"
    }
  }
}

extension FuzzTarget {
  package static let all: [FuzzTarget] =
    texts + [codes, assignments, units] + expressions + files + records + terminal
}

/// The files of the project that inputs start from.
enum Project {
  private static let folder = URL(filePath: #filePath).deletingLastPathComponent()
    .deletingLastPathComponent().deletingLastPathComponent()

  /// The texts of the files of a folder with an ending, in the order of their names.
  static func texts(_ path: String, ending: String) throws -> [String] {
    let files = try FileManager.default.contentsOfDirectory(
      at: folder.appending(path: path), includingPropertiesForKeys: nil)
    return try files.filter { $0.pathExtension == ending }.sorted { $0.path < $1.path }
      .map { try String(contentsOf: $0, encoding: .utf8) }
  }
}
