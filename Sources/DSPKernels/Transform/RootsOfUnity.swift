import Glibc

/// `exp(-2πi k / n)`, with the symmetries of the circle exact.
func rootOfUnity(_ k: Int, of n: Int) -> (real: Double, imaginary: Double) {
  // Reduce to the first octant, where cosine and sine are most accurate.
  let k = ((k % n) + n) % n
  let eighth = 8 * k
  func angle(_ numerator: Int) -> Double { Double.pi * Double(numerator) / Double(4 * n) }
  // On the diagonals the library's cosine and sine differ in the last bit.
  if eighth % (2 * n) == n {
    let half = 0.5.squareRoot()
    let quadrant = eighth / (2 * n)
    return (quadrant == 0 || quadrant == 3 ? half : -half, quadrant < 2 ? -half : half)
  }
  switch eighth / n {
  case 0: return (cos(angle(eighth)), -sin(angle(eighth)))
  case 1, 2:
    let d = eighth - 2 * n
    return (-sin(angle(d)), -cos(angle(d)))
  case 3, 4:
    let d = eighth - 4 * n
    return (-cos(angle(d)), sin(angle(d)))
  case 5, 6:
    let d = eighth - 6 * n
    return (sin(angle(d)), cos(angle(d)))
  default:
    let d = eighth - 8 * n
    return (cos(angle(d)), -sin(angle(d)))
  }
}
