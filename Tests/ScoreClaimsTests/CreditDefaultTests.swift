import ScoreCore
import ScoreTables
import TestSupport
import Testing

@testable import ScoreClaims
@testable import ScoreLab

@Suite struct CreditDefaultTests {
  private func message(_ body: () throws -> Void) -> String {
    do {
      try body()
      return "no error"
    } catch { return "\(error)" }
  }

  @Test("The three circulating forms, and any line end, give one table")
  func forms() throws {
    let folder = try TemporaryFolder()
    var tables: [Table] = []
    for form in CreditSample.Form.allCases {
      let text = CreditSample.text(form, rows: 120)
      try folder.write(text, to: "\(form).csv")
      try folder.write(text.replacing("\n", with: "\r"), to: "\(form)-cr.csv")
      for name in ["\(form).csv", "\(form)-cr.csv"] {
        tables.append(try CreditTable.read(file: name, folder: folder.path))
      }
    }
    #expect(tables.allSatisfy { $0 == tables[0] })
    #expect(tables[0].rowCount == 120 && tables[0].columns.last?.role == .target)
    #expect(tables[0].columns.map(\.name) == CreditTable.features + [CreditTable.target])
    #expect(tables[0].columns.map(\.kind)[1...3] == [.binary, .categorical, .categorical])
  }

  @Test("PAY_1 is PAY_0, and upper and lower case do not matter")
  func names() throws {
    let folder = try TemporaryFolder()
    let text = CreditSample.text(.kaggle, rows: 60)
    try folder.write(text, to: "a.csv")
    try folder.write(
      text.replacing("PAY_0", with: "pay_1").replacing("BILL", with: "bill"), to: "b.csv")
    #expect(
      try CreditTable.read(file: "b.csv", folder: folder.path)
        == CreditTable.read(file: "a.csv", folder: folder.path))
  }

  @Test("Without its file, or with another, it says on one line where to get it and how to pass it")
  func faults() throws {
    let none = message {
      _ = try ExperimentConfiguration("credit_default").makeDriver(dataSource: DataFile())
    }
    #expect(none.hasPrefix("credit_default needs its file: get \"Default of credit card clients\""))
    #expect(none.contains("--set file=PATH") && !none.contains("\n"))
    let missing = message { _ = try CreditTable.read(file: "/nowhere/c.csv", folder: "") }
    #expect(missing.hasPrefix("/nowhere/c.csv: no such file; get"))
    let folder = try TemporaryFolder()
    func said(_ text: String) throws -> String {
      try folder.write(text, to: "c.csv")
      return message { _ = try CreditTable.read(file: "c.csv", folder: folder.path) }
    }
    let text = CreditSample.text(.openML, rows: 60)
    #expect(
      try said(text.replacing("x7,", with: "z\u{1B}[2J,")).hasPrefix(
        "\(folder.path)/c.csv: column \"PAY_2\": missing; this is not"))
    let lines = text.split(separator: "\n")
    func changed(_ cell: String) -> String {
      (lines.dropLast() + [lines[60].replacing(/^[^,]*,/, with: "\(cell),")]).joined(
        separator: "\n")
    }
    #expect(try said(changed("NA")).contains("column \"x1\": has gaps"))
    #expect(try said(changed("\u{1B}[31m")).contains("column \"x1\": has text; expected numbers"))
    let short = try ExperimentConfiguration("credit_default").setting([
      "file=\(folder.path)/s.csv"
    ])
    try folder.write(CreditSample.text(.openML, rows: 40), to: "s.csv")
    #expect(
      message { _ = try short.makeDriver(dataSource: DataFile()) }.contains("40 rows; at least"))
  }

  @Test("A network whose kernel is not known is refused")
  func kernels() throws {
    let configuration = try ExperimentConfiguration("credit_default").setting([
      "file=\(CreditSample.file)", "run.network.kind=ntk",
    ])
    #expect(
      message { _ = try configuration.makeDriver(dataSource: DataFile()) }.hasPrefix(
        "run: the kernel is that of an output layer"))
  }

  @Test("The eigenvalues and the deviation of normal rows are those of their law")
  func kernelStop() throws {
    // Without hidden noise the deviation is that of the best prediction of unit normal numbers.
    var stream = RandomStream(seed: 1, purpose: .experiment)
    let rows = stream.normals(count: 4000, dimension: 3)
    var run = RunConfiguration()
    run.network.kind = .randomFeatures
    run.network.hidden = [16]
    let network = Trainer(configuration: run, trainingSet: .fixed(rows), threads: 1).currentScore
    let process = run.process.make()
    let found = KernelStop(network, rows: rows, process: process, momentum: 0, count: 200, seed: 1)
    let count = 4000
    let exact = (0..<count).reduce(0.0) { sum, place in
      let share = (Double(place) + 0.5) / Double(count)
      let level = process.level(at: process.stop + share * (process.horizon - process.stop))
      return sum + level.sigma * level.sigma / Double(count)
    }
    #expect(abs(found.deviation * found.deviation - exact) < 0.03)
    #expect(abs(found.rate * found.largestEigenvalue - 0.5) < 1e-9)
    #expect(found.step > 0)
    let more = KernelStop(
      network, rows: rows.rows(0..<200), process: process, momentum: 0, count: 200, seed: 1)
    // Fewer rows bear less training.
    #expect(more.step < found.step)
  }
}
