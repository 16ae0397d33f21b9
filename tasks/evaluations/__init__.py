"""阶段评估: the figures it is drafted from, the words of the draft, the paper."""
