import ScoreClaims
import ScoreCore
import ScoreLab

/// The units of work of a run, in groups that need one another.
struct SweepUnits {
  /// Numbers of units from 1; those of a group ascend, and no unit needs one of another group.
  let groups: [[Int]]

  /// - Throws: What is wrong with an experiment's values or its data.
  init(of subject: SweepSubject, dataSource: any DataSource) throws {
    switch subject {
    case .training: groups = [[1]]
    case .experiment(let configuration):
      let driver = try configuration.makeDriver(threads: 1, dataSource: dataSource)
      groups = Self.groups(driver.units)
    }
  }

  /// The connected parts of the graph of needs, in the order of their first units.
  static func groups(_ units: [UnitOverview]) -> [[Int]] {
    var parent = Array(0...units.count)
    func root(_ unit: Int) -> Int {
      var unit = unit
      while parent[unit] != unit { unit = parent[unit] }
      return unit
    }
    for unit in units {
      for need in unit.needs {
        let (a, b) = (root(unit.number), root(need))
        parent[max(a, b)] = min(a, b)
      }
    }
    let parts = Dictionary(grouping: units.map(\.number)) { root($0) }
    return parts.keys.sorted().map { (parts[$0] ?? []).sorted() }
  }
}
