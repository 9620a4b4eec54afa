import Foundation
import ScoreCore
import ScoreLab
import ScoreTables

extension FuzzTarget {
  static let files: [FuzzTarget] = [
    FuzzTarget(
      "data", "CSV, npy and IDX of numbers, gzip too", seeds: { [table, semicolons] + arrays },
      reader: { bytes in
        let read = try DataFile().table(file: try Scratch.file(bytes), columns: [])
        guard read.points.count >= 1, read.points.values.allSatisfy(\.isFinite) else {
          return "a table has rows, and finite numbers alone"
        }
        return nil
      }),
    FuzzTarget(
      "labels", "the same with a column of labels", seeds: { [table, labelled, arrays[2]] },
      reader: { bytes in
        let file = try Scratch.file(bytes)
        let read = try DataFile().table(file: file, columns: [], label: "1")
        return read.labels.count == read.table.points.count ? nil : "a row has one label"
      }),
    FuzzTarget(
      "table", "CSV and npy of mixed columns, and the schema guessed",
      seeds: { [labelled, dates, arrays[0]] },
      reader: { bytes in
        let raw = try RawTable.read(file: try Scratch.file(bytes))
        let guess = SchemaGuess(raw)
        return guess.schema.columns.count == raw.columns.count
          ? nil : "a schema has the table's columns"
      }),
    FuzzTarget(
      "scores", "npz of a score on a grid", seeds: { [scores] },
      reader: { bytes in
        _ = try TabulatedScore(
          file: try Scratch.file(bytes), dimension: 1, process: RunConfiguration().process.make())
        return nil
      }),
    FuzzTarget(
      "weights", "safetensors of a network", seeds: { [try weights()] },
      reader: { bytes in
        let read = try WeightsFile.read(try Scratch.file(bytes))
        return read.last.allSatisfy(\.isFinite) ? nil : "weights are finite"
      }),
  ]

  private static let table = Array("x,y,\"a \"\"b\"\"\"\r\n1,2.5,-3e+05\r\n4,\"5\",6\r\n".utf8)
  private static let semicolons = Array("1;2\n3;4\n5;6\n\n".utf8)
  private static let labelled = Array("kind,age,n\nred,31,1\n\"blue, dark\",30,2\nred,7,3\n".utf8)
  private static let dates = Array(
    "day\tzip\tk\n2024-02-29\t02115\t1\n2023-01-01\t10001\t1e400\n".utf8)

  /// npy in two types and orders, and IDX.
  private static var arrays: [[UInt8]] {
    func npy(_ type: String, order: String, _ data: [UInt8]) -> [UInt8] {
      let header = "{'descr': '\(type)', 'fortran_order': \(order), 'shape': (2, 1), }\n"
      return [0x93] + Array("NUMPY".utf8) + [1, 0, UInt8(header.utf8.count), 0]
        + Array(header.utf8) + data
    }
    let pixels: [UInt8] = [0, 0, 8, 3, 0, 0, 0, 2, 0, 0, 0, 2, 0, 0, 0, 1, 9, 8, 7, 6]
    let doubles = [1.5, -2].flatMap { value in
      withUnsafeBytes(of: value.bitPattern.littleEndian) { Array($0) }
    }
    return [
      npy("<f8", order: "False", doubles), npy("|u1", order: "True", [3, 200]), pixels,
    ]
  }

  private static var scores: [UInt8] {
    NpzArchive([
      NamedArray("times", shape: [2], .float64([0.1, 1])),
      NamedArray("x1", shape: [3], .float64([-1, 0, 1])),
      NamedArray("score", shape: [2, 3, 1], .float64([1, 0, -1, 0.5, 0, -0.5])),
    ]).reduce([], +)
  }

  private static func weights() throws -> [UInt8] {
    let configuration = try RunConfiguration().setting(["network.hidden=[2]"])
    let session = try Session(configuration: configuration, dataSource: DataFile())
    let path = try Scratch.file([])
    try WeightsFile(of: session).write(to: path, origin: "fuzz")
    return [UInt8](try Data(contentsOf: URL(filePath: path)))
  }
}

/// A file in memory for readers that take a path.
enum Scratch {
  private static let path: String = {
    let memory = "/dev/shm"
    let folder =
      FileManager.default.isWritableFile(atPath: memory) ? memory : NSTemporaryDirectory()
    return "\(folder)/scorefield-fuzz-\(ProcessInfo.processInfo.processIdentifier)"
  }()
  private static let lock = NSLock()

  /// Puts bytes into the file and gives its path; the next call puts others there.
  static func file(_ bytes: [UInt8]) throws -> String {
    try lock.withLock {
      try Data(bytes).write(to: URL(filePath: path))
      return path
    }
  }

  static func remove() { try? FileManager.default.removeItem(atPath: path) }
}
