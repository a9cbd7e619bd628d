import { describeShard } from "../support/shards"

describeShard("plain", 4, 4)
