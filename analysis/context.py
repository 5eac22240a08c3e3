"""Internet and TikTok use: shares, gaps and ratios from the counts that the article cites."""

from collections.abc import Iterator

from recomputed import Number, Numbers, Reported, Tables, derive, transcribe
from recomputed.quantity.arithmetic import difference, share


def numbers(tables: Tables, known: Numbers) -> Iterator[Number]:
    """The reported counts; penetration, people offline, gaps to the neighbours, TikTok users compared."""
    reported = Reported(transcribe(tables["context"]))
    yield from reported.values()
    users = reported["context.users.indonesia"]
    population = reported["context.population.indonesia"]
    penetration = derive(
        "context.penetration.indonesia",
        share,
        users,
        population,
        unit="percent-share",
        words="pengguna internet dibagi jumlah penduduk",
        digits=1,
    )
    yield penetration
    yield derive(
        "context.offline.indonesia",
        difference,
        population,
        users,
        unit="million-person",
        words="jumlah penduduk dikurangi pengguna internet",
        digits=1,
    )
    for country in ("malaysia", "thailand"):
        yield derive(
            f"context.gap.{country}",
            difference,
            reported[f"context.penetration.{country}"],
            penetration,
            unit="percent-point",
            words="penetrasi negara tetangga dikurangi penetrasi Indonesia",
            digits=0,
        )
    yield derive(
        "context.tiktok.ratio",
        share,
        reported["context.tiktok.indonesia"],
        reported["context.tiktok.us"],
        unit="percent-ratio",
        words="pengguna TikTok Indonesia dibagi pengguna TikTok Amerika Serikat",
        digits=1,
    )
