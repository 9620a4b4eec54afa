import Glibc
import ScoreCore
import TestSupport
import Testing

@testable import ScoreLab

@Suite struct OwnScoreTests {
  private static let process = VariancePreserving()
  private static let x = Points(rows: [[0.5, -1], [2, 0.25], [-3, 0]])

  private static func score(
    _ source: any OwnScoreSource, frame: CoordinateFrame = CoordinateFrame(dimension: 2),
    at time: Double = 0.3
  ) throws -> Points {
    let own = OwnScore(source, frame: frame, process: process)
    let score = own.score(at: x, level: process.level(at: time))
    try own.check()
    return score
  }

  // MARK: - Tables

  /// A table of the normal distribution of mean m and deviation r, whose score is linear in x.
  private static func table(
    in folder: TemporaryFolder, times: [Double] = [0.1, 0.3, 0.9], x1: [Double] = [-4, 0.25, 4],
    drop: String? = nil, scoreShape: [Int]? = nil
  ) throws -> String {
    let (x2, m, r) = ([-2.0, 2], [1.0, -0.5], 0.5)
    var scores: [Double] = []
    for time in times {
      let level = process.level(at: time)
      let variance = level.alpha * level.alpha * r * r + level.sigma * level.sigma
      for a in x1 {
        for b in x2 {
          scores += zip([a, b], m).map { ($1 * level.alpha - $0) / variance }
        }
      }
    }
    let shape = scoreShape ?? [times.count, x1.count, 2, 2]
    let arrays = [
      NamedArray("times", shape: [times.count], .float64(times)),
      NamedArray("x1", shape: [x1.count], .float64(x1)), NamedArray("x2", shape: [2], .float64(x2)),
      NamedArray("score", shape: shape, .float64(scores)),
    ].filter { $0.name != drop }
    return try folder.write(NpzArchive(arrays).flatMap { $0 }, to: "t.npz")
  }

  @Test("A table of a linear score gives it back between places, and at its edge outside")
  func tabulated() throws {
    let folder = try TemporaryFolder()
    let table = try TabulatedScore(
      file: try Self.table(in: folder), dimension: 2, process: Self.process)
    let level = Self.process.level(at: 0.3)
    let exact = ExactScore(
      GaussianMixture([.init(mean: [1, -0.5], spread: .isotropic(0.5))]))
    let expected = exact.score(at: Self.x, level: level)
    let found = try Self.score(table)
    // Sums of a few products of numbers near 1.
    for (a, b) in zip(found.values, expected.values) { #expect(abs(a - b) < 1e-13) }
    #expect(table.outsideShare == 0)
    let far = try table.score(
      at: Points(rows: [[9, 0]]), time: 0.3, level: level)
    let edge = exact.score(at: Points(rows: [[4, 0]]), level: level)
    #expect(abs(far[0, 0] - edge[0, 0]) < 1e-13 && table.outsideShare == 0.25)
  }

  @Test("Between two times sigma times the score is linear in the log SNR")
  func betweenTimes() throws {
    let folder = try TemporaryFolder()
    let table = try TabulatedScore(
      file: try Self.table(in: folder), dimension: 2, process: Self.process)
    let (a, b) = (Self.process.level(at: 0.1), Self.process.level(at: 0.3))
    let middle = Self.process.level(atLogSNR: (a.logSNR + b.logSNR) / 2)
    func scaled(_ level: NoiseLevel) throws -> Double {
      level.sigma * (try table.score(at: Self.x, time: 0, level: level))[0, 0]
    }
    #expect(abs(try scaled(middle) - (scaled(a) + scaled(b)) / 2) < 1e-12)
    // Outside the times their ends stand.
    let (first, late) = (Self.process.level(at: 0.01), Self.process.level(at: 1))
    #expect(abs(try scaled(first) - scaled(a)) < 1e-12)
    #expect(abs(try scaled(late) - scaled(Self.process.level(at: 0.9))) < 1e-12)
  }

  @Test("What is wrong with a table is one line that names the array")
  func refusedTables() throws {
    let folder = try TemporaryFolder()
    func message(_ path: String) -> String {
      do throws(DataFileError) {
        _ = try TabulatedScore(file: path, dimension: 2, process: Self.process)
        return "read"
      } catch {
        return error.message
      }
    }
    #expect(message(try Self.table(in: folder)) == "read")
    #expect(
      message(try Self.table(in: folder, drop: "x2"))
        == "array \"x2\": it is missing; there are score, times, x1")
    #expect(
      message(try Self.table(in: folder, x1: [0, 0, 1]))
        == "array \"x1\": expected 2 or more ascending numbers")
    #expect(message(try Self.table(in: folder, times: [0.1, 0.3, 7])).contains("to the horizon"))
    #expect(
      message(try Self.table(in: folder, scoreShape: [3, 2, 3, 2]))
        == "array \"score\": shape [3, 2, 3, 2]; expected [3, 3, 2, 2]")
    #expect(message(try folder.write("PK", to: "a.npz")) == "no npz file, or a damaged one")
    // Any damage is a line or a table.
    let bytes = try folder.read("t.npz")
    var stream = RandomStream(seed: 51, purpose: .test)
    for _ in 0..<300 {
      var damaged = bytes
      damaged[stream.integer(below: bytes.count)] ^= UInt8(1 + stream.integer(below: 255))
      if stream.integer(below: 4) == 0 { damaged.removeLast(stream.integer(below: bytes.count)) }
      #expect(!message(try folder.write(damaged, to: "d.npz")).contains("\n"))
    }
  }

  // MARK: - Programs

  /// The example of docs/judge.md.
  private static func example() throws -> String {
    let root = #filePath.split(separator: "/").dropLast(4).joined(separator: "/")
    let text = try FileReader.text("/\(root)/docs/judge.md", limit: 1 << 20)
    let parts = text.split(separator: "```python\n")
    return String(try #require(parts.last?.split(separator: "```").first))
  }

  private static let hasPython = system("command -v python3 >/dev/null 2>&1") == 0

  @Test(
    "The program of the docs gives the score of the normal distribution, in the units of the axes",
    .enabled(if: hasPython, "python3 is not there"))
  func program() throws {
    let folder = try TemporaryFolder()
    let path = try folder.write(Self.example(), to: "score.py")
    let program = try ScoreProgram(command: "exec python3 '\(path)'", timeLimit: 30)
    let frame = CoordinateFrame(names: ["a", "b"], offset: [5, -1], scale: [2, 0.5])
    for time in [0.1, 0.9] {
      let found = try Self.score(program, frame: frame, at: time)
      let level = Self.process.level(at: time)
      let variance = level.alpha * level.alpha + level.sigma * level.sigma
      for row in 0..<3 {
        for axis in 0..<2 {
          let user = frame.offset[axis] + frame.scale[axis] * Self.x[row, axis]
          #expect(abs(found[row, axis] + frame.scale[axis] * user / variance) < 1e-12)
        }
      }
    }
  }

  @Test(
    "A program that hangs, dies, or answers with something else is one line",
    arguments: [
      ("exit 3", "the score command ended before its answer"),
      ("no-such-program-here 2>/dev/null", "the score command ended before its answer"),
      ("sleep 100", "the score command gave no answer within 0.3 s"),
      // 40 bytes where 48 belong.
      ("printf '\\050\\0\\0\\0\\0\\0\\0\\0'; sleep 9", "answers with 40 bytes where 48 belong"),
      (
        "printf '\\060\\0\\0\\0\\0\\0\\0\\0'; head -c 60 /dev/zero; sleep 9", "more than its answer"
      ),
      ("printf '\\060\\0\\0\\0\\0\\0\\0\\0'; head -c 20 /dev/zero", "ended before its answer"),
      (
        "printf '\\060\\0\\0\\0\\0\\0\\0\\0'; head -c 48 /dev/zero | tr '\\0' '\\377'; sleep 9",
        "the score at point 1 of 3 and time 0.3 is not finite"
      ),
    ])
  func brokenProgram(command: String, expected: String) throws {
    let program = try ScoreProgram(command: command, timeLimit: command.contains("100") ? 0.3 : 20)
    #expect {
      try Self.score(program)
    } throws: { "\($0)".contains(expected) }
  }

  @Test("What is asked of a program that was stopped is an error, and the program is gone")
  func stopped() throws {
    let program = try ScoreProgram(command: "sleep 100", timeLimit: 20)
    program.stop()
    #expect {
      try Self.score(program)
    } throws: { "\($0)" == "the score command ended before its answer" }
  }
}
