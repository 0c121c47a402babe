namespace ChatOps.Core.Chat.Commands;

/// <summary>Finds the word that somebody meant: "Did you mean …?".</summary>
public static class NearestWord
{
    /// <summary>The closest known word, or null when none is close enough.</summary>
    public static string? To(string word, IEnumerable<string> known) => AllTo(word, known).FirstOrDefault();

    /// <summary>
    /// The known words within one slip (two in words of six letters and more), the closest first. A slip is a letter too many, too few, wrong, or swapped
    /// with its neighbour. Letter case does not matter.
    /// </summary>
    public static IEnumerable<string> AllTo(string word, IEnumerable<string> known)
    {
        var slips = word.Length < 3 ? 0 : word.Length < 6 ? 1 : 2;
        return known
            .Where(each => Math.Abs(each.Length - word.Length) <= slips)
            .Select(each => (Word: each, Slips: Distance(word.ToLowerInvariant(), each.ToLowerInvariant())))
            .Where(each => each.Slips <= slips)
            .OrderBy(each => each.Slips)
            .Select(each => each.Word);
    }

    // Optimal string alignment: Levenshtein with neighbours swapped, the commonest slip on a phone.
    private static int Distance(string a, string b)
    {
        var cost = new int[a.Length + 1, b.Length + 1];
        for (var i = 0; i <= a.Length; i++)
        {
            for (var j = 0; j <= b.Length; j++)
            {
                if (i == 0 || j == 0)
                {
                    cost[i, j] = i + j;
                    continue;
                }

                var same = a[i - 1] == b[j - 1] ? 0 : 1;
                cost[i, j] = Math.Min(Math.Min(cost[i - 1, j], cost[i, j - 1]) + 1, cost[i - 1, j - 1] + same);
                if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1])
                    cost[i, j] = Math.Min(cost[i, j], cost[i - 2, j - 2] + 1);
            }
        }

        return cost[a.Length, b.Length];
    }
}
