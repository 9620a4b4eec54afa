import Glibc
import Synchronization
import TestSupport
import Testing

@testable import ScoreClaims
@testable import ScoreLab

@Suite struct UnitStoreTests {
  /// What a store reported.
  private final class Lines: Sendable {
    private let lines = Mutex<[String]>([])
    func add(_ line: String) { lines.withLock { $0.append(line) } }
    func takeAll() -> [String] {
      lines.withLock { lines in
        defer { lines = [] }
        return lines
      }
    }
  }

  /// The report of a small sweep as text, in which two numbers that are none are equal.
  private func finished(_ store: any UnitStore) throws -> String {
    let configuration = try ExperimentConfiguration("sample_complexity").setting([
      "first=20", "last=80", "values=2", "repeats=1", "steps=100", "patience=100",
      "run.network.hidden=[8]", "run.network.time_features=8", "run.optimizer.batch=32",
      "run.sampler.count=40", "run.sampler.steps=4", "run.probe.levels=2", "run.probe.points=64",
    ])
    var run = try configuration.makeDriver(threads: 1, dataSource: DataFile(), store: store)
    while !run.isFinished { try run.step() }
    return "\(run.report)"
  }

  /// A unit with one byte wrong at every place in turn (a bit, a digit for a digit, the case of a
  /// letter, a NUL), cut short, turned round and with more behind it.
  private func corrupted(_ good: [UInt8]) -> [[UInt8]] {
    let wrong = good.indices.map { index in
      var bytes = good
      let digit = (bytes[index] &- 0x30 &+ 3) % 10 + 0x30
      bytes[index] = [bytes[index] ^ 1, digit, bytes[index] ^ 0x20, 0][index % 4]
      return bytes == good ? Array(good[..<index]) : bytes
    }
    let cuts = stride(from: 0, to: good.count, by: 16)
    let turned = cuts.dropFirst().map { Array(good[$0...] + good[..<$0]) }
    return wrong + cuts.map { Array(good[..<$0]) } + turned
      + [good + [0x0A], [0x0A] + good, good + good]
  }

  @Test("No corrupted byte of a unit changes a report: the unit is set aside and computed again")
  func corruption() throws {
    let folder = try TemporaryFolder()
    let lines = Lines()
    let store = FolderStore(path: folder.path) { lines.add($0) }
    let report = try finished(store)
    #expect(try finished(store) == report && lines.takeAll().isEmpty)
    let name = try #require(folder.contents.first)
    #expect(folder.contents.count == 2)
    let key = String(name.dropLast(5))
    let good = try OpenFile(reading: "\(folder.path)/\(name)").readAll(limit: 1 << 20)
    #expect(try store.load(key) != nil)
    let corrupted = corrupted(good)
    var (missed, runs) = (0, 0)
    for (index, bytes) in corrupted.enumerated() {
      _ = try folder.write(bytes, to: name)
      if try store.load(key) != nil { missed += 1 }
      guard index % (corrupted.count / 8) == 0 else { continue }
      _ = try folder.write(bytes, to: name)
      #expect(try finished(store) == report)
      #expect(try OpenFile(reading: "\(folder.path)/\(name)").readAll(limit: 1 << 20) == good)
      runs += 1
    }
    #expect(missed == 0 && runs >= 8)
    #expect(lines.takeAll().count == corrupted.count + runs)
  }

  @Test("The numbers of a unit come back bit for bit, also those that are not finite")
  func numbers() throws {
    let folder = try TemporaryFolder()
    let store = FolderStore(path: folder.path)
    let numbers = [0.1, .nan, -.infinity, .leastNonzeroMagnitude, -0.0]
    #expect(try store.load("a-1") == nil)
    try store.keep(numbers, of: 7, as: "a-1")
    let back: [Double]? = try store.record(of: 7, as: "a-1")
    #expect(try #require(back).map(\.bitPattern) == numbers.map(\.bitPattern))
  }

  @Test("A unit that is set aside is reported with both names, and its bytes are kept")
  func settingAside() throws {
    let folder = try TemporaryFolder()
    let lines = Lines()
    let store = FolderStore(path: folder.path) { lines.add($0) }
    try store.save(Array("1,2\n".utf8), as: "a")
    _ = try folder.write(Array("1,2\n".utf8), to: "a.unit")
    #expect(try store.load("a") == nil)
    let file = "\(folder.path)/a.unit"
    #expect(
      lines.takeAll() == [
        "\(file): its checksum does not fit; set aside as \(file).damaged, "
          + "and the unit is computed again"
      ])
    #expect(folder.contents == ["a.unit.damaged"])
    try store.save(Array("1,2\n".utf8), as: "a")
    #expect(try store.load("a") == Array("1,2\n".utf8))
  }

  @Test("A unit that the system cannot read now is left alone, and that is said")
  func unreadable() throws {
    let folder = try TemporaryFolder()
    // The first bytes of a process's memory: a regular file that cannot be read.
    #expect(symlink("/proc/self/mem", "\(folder.path)/a.unit") == 0)
    let store = FolderStore(path: folder.path)
    #expect(throws: FileError.self) { try store.load("a") }
    #expect(folder.contents == ["a.unit"])
  }

  @Test("A unit under the name of another one, or what is no file, is set aside too")
  func misplaced() throws {
    let folder = try TemporaryFolder()
    let store = FolderStore(path: folder.path)
    try store.save(Array("1,2\n".utf8), as: "a")
    #expect(rename("\(folder.path)/a.unit", "\(folder.path)/b.unit") == 0)
    #expect(mkdir("\(folder.path)/a.unit", 0o700) == 0)
    #expect(try store.load("b") == nil && store.load("a") == nil)
    #expect(folder.contents == ["a.unit.damaged", "b.unit.damaged"])
  }
}
